/* The C interface of jiedui: read a network or give pairs as arrays, solve, verify, read the plan.
 *
 * Rules of the interface
 * - Functions return JIEDUI_OK or JIEDUI_FAILED. What failed is told through `error`, if it is not
 *   NULL, as an object to be freed with jiedui_error_free.
 * - What a function gives out through a double pointer is freed with its own _free; freeing NULL
 * does nothing. Texts belong to the object that they are asked of and live as long as it does.
 * - Objects do not change once made. Several threads may read one at a time as they like.
 * - No C++ exception passes through.
 */
#ifndef JIEDUI_H
#define JIEDUI_H

#include <stddef.h>
#include <stdint.h>

#if defined(JIEDUI_STATIC)
#define JIEDUI_C_API
#else
#define JIEDUI_C_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { JIEDUI_OK = 0, JIEDUI_FAILED = 1 } jiedui_status;

typedef struct jiedui_error jiedui_error;
typedef struct jiedui_network jiedui_network;
typedef struct jiedui_market jiedui_market;
typedef struct jiedui_plan jiedui_plan;

/* "0.1.0" */
JIEDUI_C_API const char* jiedui_version(void);

/* The stable code (docs/errors.md), and the whole sentence with place, range and way out. */
JIEDUI_C_API const char* jiedui_error_code(const jiedui_error* error);
JIEDUI_C_API const char* jiedui_error_message(const jiedui_error* error);
JIEDUI_C_API void jiedui_error_free(jiedui_error* error);

/* Reads the CSV files of a folder (docs/formats.md). Any fault in them builds nothing. */
JIEDUI_C_API jiedui_status jiedui_network_read_csv_folder(const char* folder,
                                                          jiedui_network** network,
                                                          jiedui_error** error);
/* Reads and writes a Cap'n Proto snapshot. */
JIEDUI_C_API jiedui_status jiedui_network_load(const char* path, jiedui_network** network,
                                               jiedui_error** error);
JIEDUI_C_API jiedui_status jiedui_network_save(const jiedui_network* network, const char* path,
                                               jiedui_error** error);
JIEDUI_C_API size_t jiedui_network_volunteer_count(const jiedui_network* network);
JIEDUI_C_API size_t jiedui_network_need_count(const jiedui_network* network);
JIEDUI_C_API void jiedui_network_free(jiedui_network* network);

/* A market of the network with the standard rules and points. */
JIEDUI_C_API jiedui_status jiedui_market_of_network(const jiedui_network* network,
                                                    jiedui_market** market, jiedui_error** error);

/* Pairs given as arrays; all are copied. */
typedef struct {
  size_t volunteer_count;
  const int32_t* capacity; /* of each volunteer, 0 or more */
  size_t need_count;
  const int32_t* demand; /* of each need, 0 or more */
  const int32_t* tier;   /* of each need, 1 (most urgent) to 16; NULL: all 1 */
  size_t pair_count;
  const uint32_t* volunteer; /* of each pair: index */
  const uint32_t* need;      /* of each pair: index */
  const int64_t* points;     /* of each pair: -2^62 to 2^62 */
} jiedui_pairs;

JIEDUI_C_API jiedui_status jiedui_market_of_pairs(const jiedui_pairs* pairs, jiedui_market** market,
                                                  jiedui_error** error);
/* "None" where a number of a slot or of an organisation stands. */
#define JIEDUI_NONE UINT32_MAX

/* What limits plans beyond capacity and demand; all is copied. NULL or 0: no such limit. */
typedef struct {
  const uint32_t* slot;    /* of each pair, or JIEDUI_NONE: one pair of a volunteer in a slot */
  const uint32_t* line_of; /* of each need: the one that it is a further line of, or itself. A
                              volunteer serves the lines of one need at most once */
  const int32_t* least;    /* of each volunteer: pairs to have at least, before all tiers */
  size_t load_cost_count;
  const int64_t* load_cost;   /* points that a first, second ... pair costs; never falling */
  const int32_t* load_before; /* of each volunteer: pairs that count for the load already */
  size_t organisation_count;
  const int32_t* organisation_total; /* of each organisation: most pairs of its volunteers */
  const uint32_t* organisation;      /* of each volunteer: number, or JIEDUI_NONE */
  size_t pinned_count;               /* pairs that are in every plan, eligible or not */
  const uint32_t* pinned_volunteer;
  const uint32_t* pinned_need;
  const int64_t* pinned_points;
  const uint32_t* pinned_slot; /* or JIEDUI_NONE; NULL: none has one */

  /* The next two kinds of limits cross the others: a plan may then be the best that was found
   * within them, and not proved so (jiedui_plan_is_optimal). What the bound is stands in the file
   * of jiedui_plan_save; the prices behind it are not given out here. */
  size_t lending_count;           /* most pairs that one organisation lends another */
  const uint32_t* lending_from;   /* organisations, by numbers of their own */
  const uint32_t* lending_to;     /* each couple once */
  const int32_t* lending_at_most; /* 0 or more */
  const uint32_t* home;           /* of each volunteer: organisation, or JIEDUI_NONE */
  const uint32_t* asking;         /* of each need: organisation, or JIEDUI_NONE */
  const int64_t* changes_at_most; /* pairs of a plan before that may be missing; NULL: any */
  size_t before_count;            /* pairs of that plan, each once */
  const uint32_t* before_volunteer;
  const uint32_t* before_need;
} jiedui_limits;

JIEDUI_C_API jiedui_status jiedui_market_of_limited_pairs(const jiedui_pairs* pairs,
                                                          const jiedui_limits* limits,
                                                          jiedui_market** market,
                                                          jiedui_error** error);
/* How many pairs are eligible. */
JIEDUI_C_API int64_t jiedui_market_pair_count(const jiedui_market* market);
JIEDUI_C_API void jiedui_market_free(jiedui_market* market);

/* Called about every 50 ms while solving, with how much is done (0 to 1). Not 0: stop; the plan is
 * then completed greedily and is not optimal. */
typedef int (*jiedui_progress)(double fraction, void* context);

/* The best plan. `progress` may be NULL. */
JIEDUI_C_API jiedui_status jiedui_solve(const jiedui_market* market, jiedui_progress progress,
                                        void* context, jiedui_plan** plan, jiedui_error** error);
/* 1 if the plan is feasible and proved optimal by code that the solver does not share, else 0. */
JIEDUI_C_API jiedui_status jiedui_verify(const jiedui_plan* plan, const jiedui_market* market,
                                         int* proved, jiedui_error** error);

JIEDUI_C_API int jiedui_plan_is_optimal(const jiedui_plan* plan);
JIEDUI_C_API size_t jiedui_plan_pair_count(const jiedui_plan* plan);

typedef struct {
  const char* volunteer; /* external id; of a market of pairs, the index in decimal */
  const char* need;
  int64_t points;
  int64_t metres; /* -1: unknown */
  int64_t begins; /* seconds since 1970-01-01T00:00Z; with `ends` 0 where no time is fixed */
  int64_t ends;
  int pinned; /* 1: a pin holds it */
} jiedui_pair;

/* By need id, then volunteer id. */
JIEDUI_C_API jiedui_status jiedui_plan_pair(const jiedui_plan* plan, size_t index,
                                            jiedui_pair* pair, jiedui_error** error);
/* Volunteers who have less than their least pairs, by id: no plan does better in all. */
typedef struct {
  const char* volunteer;
  int32_t missing; /* pairs */
} jiedui_unmet;

JIEDUI_C_API size_t jiedui_plan_unmet_count(const jiedui_plan* plan);
JIEDUI_C_API jiedui_status jiedui_plan_unmet(const jiedui_plan* plan, size_t index,
                                             jiedui_unmet* unmet, jiedui_error** error);
JIEDUI_C_API jiedui_status jiedui_plan_save(const jiedui_plan* plan, const char* path,
                                            jiedui_error** error);
JIEDUI_C_API void jiedui_plan_free(jiedui_plan* plan);

#ifdef __cplusplus
}
#endif

#endif
