from chassis.migrations import run_environment
from seal.tables import metadata

run_environment(metadata)
