/** Transactions that happen exactly once, and the store's errors in our words. */
@NullMarked
package io.caisson.model.transaction;

import org.jspecify.annotations.NullMarked;
