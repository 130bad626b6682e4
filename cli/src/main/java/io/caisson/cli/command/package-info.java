/** What all commands share: their form, options, streams, the store, and errors in words. */
@NullMarked
package io.caisson.cli.command;

import org.jspecify.annotations.NullMarked;
