"""`Policy`: the thresholds and waits that an operator may set; the defaults are the product's.

Values only; who reads them from settings is the monitor.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """auto_fulfil: least score at which the machine itself says fulfilled.
    propose: least score at which a document is shown as a possible follow-up.
    review_below: a commitment found with less confidence waits for a person.
    grace_days: days after the last day before "overdue" (post and publication take a day).
    default_horizon: days after which an undated promise is asked after; ours, not the minister's; 0 = never.
    due_soon_days: how long before the last day "due soon" is said.
    """

    auto_fulfil: float = 0.7
    propose: float = 0.35
    review_below: float = 0.5
    grace_days: int = 1
    default_horizon: int = 365
    due_soon_days: int = 14

    @property
    def least(self) -> float:
        """The score under which nothing follows from a match."""
        return min(self.auto_fulfil, self.propose)
