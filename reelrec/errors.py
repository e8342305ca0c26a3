"""Every exception of ReelRec. The text of each is written for the person who reads it.

ReelRecError
├── InputError                a mistake in the call or in its input (exit code 2)
│   ├── RatingError           a rating that is not a half-star from 0.5 to 5.0
│   ├── UnknownFilmError      no such film in the catalogue
│   ├── AmbiguousFilmError    several films fit, or the year is missing
│   ├── OptionError           an unknown model, filter, protocol or data set
│   ├── RatingsFileError      a ratings file that cannot be read as one
│   ├── PartsError            a folder of parts that is missing, not finished, damaged or mixed
│   ├── EventLogError         a log of events that is missing, empty, or holds too little to answer
│   ├── TokenError            a profile link that is damaged or from another version
│   ├── ProfileFileError      a profile file that is not one
│   ├── ExportError           an upload that is no history of films, of several sites, or too much
│   ├── UsernameError         not a Letterboxd username, or no member has it
│   ├── NothingLoggedError    a member whose feed holds no film
│   ├── NothingRatedError     nobody's stars, where something is to be said of them
│   └── RoomError             a room for swiping that is closed, full or not one's own
├── ArtifactError             weights or catalogue missing, damaged or not fitting (exit code 1)
├── ClusterError              a cluster that cannot be reached, or workers that cannot go on (exit code 1)
├── ReleaseError              a release that cannot be made, or its locks not read (exit code 1)
└── SourceError               a data source missing, unreachable or changed (exit code 1)
    ├── ContradictionError    facts about films that say what cannot be true
    ├── UnreachableError      no connection, or a fault of the server
    │   └── TooSlowError      no whole answer in time
    ├── BlockedError          refused: a bot check, a limit, or switched off on this host
    ├── CredentialError       a key or token that is not accepted
    └── UnexpectedAnswerError an answer of another kind than was asked for, or a larger one
"""


class ReelRecError(Exception):
    """The base of all errors that ReelRec explains to its user."""


class InputError(ReelRecError):
    pass


class RatingError(InputError):
    pass


class UnknownFilmError(InputError):
    pass


class AmbiguousFilmError(InputError):
    pass


class OptionError(InputError):
    pass


class RatingsFileError(InputError):
    pass


class PartsError(InputError):
    pass


class EventLogError(InputError):
    pass


class TokenError(InputError):
    pass


class ProfileFileError(InputError):
    pass


class ExportError(InputError):
    pass


class UsernameError(InputError):
    pass


class NothingLoggedError(InputError):
    pass


class NothingRatedError(InputError):
    pass


class RoomError(InputError):
    pass


class ArtifactError(ReelRecError):
    pass


class ClusterError(ReelRecError):
    pass


class ReleaseError(ReelRecError):
    pass


class SourceError(ReelRecError):
    pass


class ContradictionError(SourceError):
    """The source of the film facts says of a film what cannot be true."""


class UnreachableError(SourceError):
    pass


class TooSlowError(UnreachableError):
    pass


class BlockedError(SourceError):
    pass


class CredentialError(SourceError):
    pass


class UnexpectedAnswerError(SourceError):
    pass
