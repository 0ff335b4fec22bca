/* The words of date/time input: months, days, keywords, units, time zones (manual, appendix B). */
#include "value/date.h"

#include <stdlib.h>
#include <string.h>

#include "catalog/catalog.h"

/* The server compares the first ten letters only. */
enum { TOKEN_LETTERS = 10 };

static const struct word {
    const char *text;
    enum date_word kind;
    int value;
} words[] = {
    {"-infinity", WORD_INFINITE, -1},
    {"ad", WORD_ERA, 0},
    {"allballs", WORD_ALLBALLS, 0},
    {"am", WORD_AMPM, 0},
    {"apr", WORD_MONTH, 4},
    {"april", WORD_MONTH, 4},
    {"at", WORD_IGNORED, 0},
    {"aug", WORD_MONTH, 8},
    {"august", WORD_MONTH, 8},
    {"bc", WORD_ERA, 1},
    {"d", WORD_UNIT, 'd'},
    {"dec", WORD_MONTH, 12},
    {"december", WORD_MONTH, 12},
    {"dow", WORD_UNIT, 'w'},
    {"doy", WORD_UNIT, 'w'},
    {"dst", WORD_DST, 0},
    {"epoch", WORD_INFINITE, 0},
    {"feb", WORD_MONTH, 2},
    {"february", WORD_MONTH, 2},
    {"fri", WORD_WEEKDAY, 5},
    {"friday", WORD_WEEKDAY, 5},
    {"h", WORD_UNIT, 'h'},
    {"infinity", WORD_INFINITE, 1},
    {"isodow", WORD_UNIT, 'w'},
    {"isoyear", WORD_UNIT, 'w'},
    {"j", WORD_UNIT, 'j'},
    {"jan", WORD_MONTH, 1},
    {"january", WORD_MONTH, 1},
    {"jd", WORD_UNIT, 'j'},
    {"jul", WORD_MONTH, 7},
    {"julian", WORD_UNIT, 'j'},
    {"july", WORD_MONTH, 7},
    {"jun", WORD_MONTH, 6},
    {"june", WORD_MONTH, 6},
    {"m", WORD_UNIT, 'o'},
    {"mar", WORD_MONTH, 3},
    {"march", WORD_MONTH, 3},
    {"may", WORD_MONTH, 5},
    {"mm", WORD_UNIT, 'm'},
    {"mon", WORD_WEEKDAY, 1},
    {"monday", WORD_WEEKDAY, 1},
    {"nov", WORD_MONTH, 11},
    {"november", WORD_MONTH, 11},
    {"now", WORD_NOW, 0},
    {"oct", WORD_MONTH, 10},
    {"october", WORD_MONTH, 10},
    {"on", WORD_IGNORED, 0},
    {"pm", WORD_AMPM, 1},
    {"s", WORD_UNIT, 's'},
    {"sat", WORD_WEEKDAY, 6},
    {"saturday", WORD_WEEKDAY, 6},
    {"sep", WORD_MONTH, 9},
    {"sept", WORD_MONTH, 9},
    {"september", WORD_MONTH, 9},
    {"sun", WORD_WEEKDAY, 0},
    {"sunday", WORD_WEEKDAY, 0},
    {"t", WORD_UNIT, 't'},
    {"thu", WORD_WEEKDAY, 4},
    {"thur", WORD_WEEKDAY, 4},
    {"thurs", WORD_WEEKDAY, 4},
    {"thursday", WORD_WEEKDAY, 4},
    {"today", WORD_TODAY, 0},
    {"tomorrow", WORD_TODAY, 1},
    {"tue", WORD_WEEKDAY, 2},
    {"tues", WORD_WEEKDAY, 2},
    {"tuesday", WORD_WEEKDAY, 2},
    {"wed", WORD_WEEKDAY, 3},
    {"wednesday", WORD_WEEKDAY, 3},
    {"weds", WORD_WEEKDAY, 3},
    {"y", WORD_UNIT, 'y'},
    {"yesterday", WORD_TODAY, -1},
};

/* The abbreviations of the server's default set, between spaces. */
static const char abbreviations[] =
    " acdt acsst acst act acwst adt aedt aesst aest aft akdt akst almst almt amst amt anast anat"
    " arst art ast awsst awst azost azot azst azt bdst bdt bnt bort bot bra brst brt bst btt cadt"
    " cast cct cdt cest cet cetdst chadt chast chut ckt clst clt cot cst cxt davt ddut easst east"
    " eat edt eest eet eetdst egst egt est fet fjst fjt fkst fkt fnst fnt galt gamt gest get gft"
    " gilt gmt gyt hkt hst ict idt iot irkst irkt irt ist jayt jst kdt kgst kgt kost krast krat"
    " kst lhdt lhst ligt lint lkt magst magt mart mawt mdt mest mesz met metdst mez mht mmt mpt"
    " msd msk mst must mut mvt myt ndt nft novst novt npt nst nut nzdt nzst nzt omsst omst pdt pet"
    " petst pett pgt pht pkst pkt pmdt pmst pont pst pwt pyst pyt ret sadt sast sct sgt taht tft"
    " tjt tkt tmt tot trut tvt uct ulast ulat ut utc uyst uyt uzst uzt vet vlast vlat volt vut"
    " wadt wakt wast wat wdt wet wetdst wft wgst wgt xjt yakst yakt yapt yekst yekt z zulu ";

static bool list_has(const char *list, const char *word, size_t len)
{
    for (const char *at = strstr(list, " "); at[1]; at = strchr(at + 1, ' '))
        if (strncmp(at + 1, word, len) == 0 && at[1 + len] == ' ')
            return true;
    return false;
}

enum date_word date_find_word(const char *word, int *value)
{
    *value = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(words[i].text, word, TOKEN_LETTERS) == 0) {
            *value = words[i].value;
            return words[i].kind;
        }
    return list_has(abbreviations, word, strlen(word)) ? WORD_ZONE : WORD_UNKNOWN;
}

/* A zone's name in a POSIX zone; NULL when there is none. */
static const char *skip_zone_name(const char *s)
{
    size_t len = strcspn(s, "0123456789,-+");
    if (*s == '<')
        len = strcspn(s, ">") + 1;
    return len && s[len - 1] ? s + len : NULL;
}

/* [+-]hh[:mm[:ss]]; NULL when it is none. */
static const char *skip_zone_offset(const char *s)
{
    enum { MAX_HOUR = 167 };
    char *end;
    s += *s == '+' || *s == '-';
    if (!literal_is_digit(*s) || strtol(s, &end, 10) > MAX_HOUR)
        return NULL;
    while (*end == ':' && literal_is_digit(end[1]))
        strtol(end + 1, &end, 10);
    return end;
}

/* EST5EDT, UTC+3, <+03>-3, EST5EDT,M3.2.0,M11.1.0 */
static bool is_posix_zone(const char *s)
{
    s = skip_zone_name(s);
    s = s ? skip_zone_offset(s) : NULL;
    if (s && *s)
        s = skip_zone_name(s); /* of daylight-saving time */
    if (s && *s && *s != ',')
        s = skip_zone_offset(s);
    return s && (!*s || *s == ',');
}

/* Packagers have the whole database again under posix/ and, with leap seconds, under right/; two
 * files of it are not of the database. */
bool date_is_zone_name(const char *name)
{
    static const char *const copies[] = {"posix/", "right/"};
    const char *plain = name;
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++)
        if (strncmp(name, copies[i], strlen(copies[i])) == 0)
            plain = name + strlen(copies[i]);
    return catalog_knows_time_zone(plain) || strcmp(name, "localtime") == 0 ||
           strcmp(name, "posixrules") == 0 || is_posix_zone(name);
}

bool date_is_fixed_zone(const char *name)
{
    static const char fixed[] = " utc uct gmt gmt0 gmt+0 gmt-0 zulu universal greenwich factory est"
                                " mst hst ";
    bool ends_in_offset = is_posix_zone(name) && literal_is_digit(name[strlen(name) - 1]);
    return strncmp(name, "etc/", 4) == 0 || list_has(fixed, name, strlen(name)) || ends_in_offset;
}
