/** SQL behaviour as files of statements with their answers, one folder a topic. */
@NullMarked
package io.caisson.tests.slt;

import org.jspecify.annotations.NullMarked;
