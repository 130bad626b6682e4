/** Transactions, from outside. */
@NullMarked
package io.caisson.tests.transactions;

import org.jspecify.annotations.NullMarked;
