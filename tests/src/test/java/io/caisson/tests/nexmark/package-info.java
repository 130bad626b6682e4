/** Nexmark's queries, held against answers that are computed without Caisson. */
@NullMarked
package io.caisson.tests.nexmark;

import org.jspecify.annotations.NullMarked;
