/** Random queries, answered by Caisson and by another database in this process. */
@NullMarked
package io.caisson.tests.oracle;

import org.jspecify.annotations.NullMarked;
