-- The objects of the extension sslinfo; written by builtin/dump.sh.
CREATE FUNCTION ssl_cipher() RETURNS text LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION ssl_client_cert_present() RETURNS boolean LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION ssl_client_dn() RETURNS text LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION ssl_client_dn_field(text) RETURNS text LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION ssl_client_serial() RETURNS numeric LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION ssl_extension_info(OUT name text, OUT value text, OUT critical boolean) RETURNS SETOF record LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION ssl_is_used() RETURNS boolean LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION ssl_issuer_dn() RETURNS text LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION ssl_issuer_field(text) RETURNS text LANGUAGE c VOLATILE STRICT;
CREATE FUNCTION ssl_version() RETURNS text LANGUAGE c VOLATILE STRICT;
