/**
 * Faults that an embedded database can be told to show: those that a cluster shows now and then.
 * {@link io.caisson.fdb.embedded.fault.FaultPlan} says which and how often.
 */
@NullMarked
package io.caisson.fdb.embedded.fault;

import org.jspecify.annotations.NullMarked;
