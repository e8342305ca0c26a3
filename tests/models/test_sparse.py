import numpy as np
import pytest

from reelrec.models.sparse import by_row


def test_each_row_holds_its_values_in_its_columns():
    matrix = by_row(np.array([[1, 2], [0, 2], [0, 1]]), np.float16([[0.5, 1.0], [2.0, 3.0], [4.0, 5.0]]))
    assert matrix.toarray().tolist() == [[0.0, 0.5, 1.0], [2.0, 0.0, 3.0], [4.0, 5.0, 0.0]]
    assert matrix.dtype == np.float32


@pytest.mark.parametrize("column", [2, -1, 40_000])
def test_a_column_outside_of_the_matrix_is_refused(column):
    with pytest.raises(ValueError, match="indices"):
        by_row(np.array([[1], [column]]), np.ones((2, 1)))


def test_the_matrix_cannot_be_changed():
    matrix = by_row(np.array([[1], [0]]), np.ones((2, 1)))
    with pytest.raises(ValueError, match="read-only"):
        matrix.data[0] = 2.0
