"""What is written of practices. `stage_errors` and `outcome_error` are for every form and import that takes stages."""

from good_practices.forms.stages import outcome_error, stage_errors

__all__ = ["outcome_error", "stage_errors"]
