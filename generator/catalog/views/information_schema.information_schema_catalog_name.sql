 SELECT (current_database())::information_schema.sql_identifier AS catalog_name;
