from chassis.migrations import run_environment
from identity.tables import metadata

run_environment(metadata)
