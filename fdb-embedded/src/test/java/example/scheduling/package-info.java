/** A program that knows FoundationDB's Java API and nothing else. */
@NullMarked
package example.scheduling;

import org.jspecify.annotations.NullMarked;
