from chassis.migrations import run_environment
from verify.tables import metadata

run_environment(metadata)
