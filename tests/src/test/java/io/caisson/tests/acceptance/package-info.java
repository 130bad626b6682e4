/** A real web server's log, from the file to the answer, against folds that know no database. */
@NullMarked
package io.caisson.tests.acceptance;

import org.jspecify.annotations.NullMarked;
