from chassis.migrations import run_environment
from hours.tables import metadata

run_environment(metadata)
