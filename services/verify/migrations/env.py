from sqlalchemy import MetaData

from chassis.migrations import run_environment
from verify.tables import metadata
from verify.tables_of_records import records

everything = MetaData()
for table in (*metadata.sorted_tables, *records.sorted_tables):
    table.to_metadata(everything)

run_environment(everything)
