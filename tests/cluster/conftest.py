"""What the tests with several workers share."""

import os

from reelrec.cluster.engine import ENVIRONMENT, ONLY_HERE

os.environ.update(ENVIRONMENT | ONLY_HERE)  # before any test imports ray
