"""Every write of the library that has a consequence."""

from good_practices.domain.mistakes import report_mistake, settle_mistake
from good_practices.domain.publication import announce

__all__ = ["announce", "report_mistake", "settle_mistake"]
