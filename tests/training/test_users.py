from reelrec.data.roles import Role
from reelrec.training.users import letterboxd_users


def test_the_last_digit_of_the_id_decides_whose_ratings_are_read(sources, films):
    rows = [(user, "night-ferry", 3.0) for user in range(20, 40)] + [(28, "not-in-the-catalogue", 5.0)]
    sources({"night-ferry": {}}, rows)
    assert letterboxd_users(films, Role.TRAIN).user_ids.tolist() == [*range(20, 28), *range(30, 38)]
    tuning = letterboxd_users(films, Role.TUNE)
    assert tuning.user_ids.tolist() == [28, 38]
    assert len(tuning.items) == 2
    assert tuning.name == "letterboxd tune users"
    assert tuning.features["director"].shape[0] == len(films)  # what is known of the films comes along
