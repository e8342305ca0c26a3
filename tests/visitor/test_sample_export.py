from reelrec import app
from reelrec.visitor import sample_export


def test_every_film_of_it_is_found_and_its_ratings_are_the_sample_s():
    name, taken = app.sample_export()
    assert name == sample_export.SAMPLE
    assert taken.unmatched == ()
    assert taken.log.faults == ()
    assert taken.profile.ratings == app.sample_profile(name).ratings
    assert len(taken.profile.watchlist) == sample_export.WANTED
    assert len(taken.profile.seen) == sample_export.SEEN
    assert not taken.profile.watchlist & taken.profile.watched
