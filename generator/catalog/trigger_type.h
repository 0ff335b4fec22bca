/* When a trigger fires: the bits of pg_trigger.tgtype. */
#ifndef TENON_CATALOG_TRIGGER_TYPE_H
#define TENON_CATALOG_TRIGGER_TYPE_H

enum trigger_type {
    TRIGGER_ROW = 1 << 0,
    TRIGGER_BEFORE = 1 << 1,
    TRIGGER_INSERT = 1 << 2,
    TRIGGER_DELETE = 1 << 3,
    TRIGGER_UPDATE = 1 << 4,
    TRIGGER_TRUNCATE = 1 << 5,
    TRIGGER_INSTEAD = 1 << 6,
};

#endif
