/** The import directions and habits that the build holds, and the proof that it would notice. */
@NullMarked
package io.caisson.tests.architecture;

import org.jspecify.annotations.NullMarked;
