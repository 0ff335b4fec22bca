/* Where tables lie in a picture, for the files of this room. */
#ifndef TENON_PICTURE_LAYOUT_H
#define TENON_PICTURE_LAYOUT_H

#include "picture/picture.h"

enum {
    ROW = 18,      /* height of a line of text */
    CHARACTER = 7, /* width of one */
    PADDING = 8,   /* inside of a table */
    GAP = 28,      /* between tables of a layer */
    CHANNEL = 90,  /* between layers, for lines */
    MARGIN = 24,
};

/* Gives every table its place; the size of the whole. */
void layout(struct arena *arena, struct picture *picture, double *width, double *height);

#endif
