/**
 * What a client of FoundationDB can rely on, written against fdb-java alone. Every test here runs
 * on the embedded engine and, where {@code FDB_CLUSTER_FILE} names a cluster, on that cluster too.
 */
@NullMarked
package io.caisson.fdb.embedded.conformance;

import org.jspecify.annotations.NullMarked;
