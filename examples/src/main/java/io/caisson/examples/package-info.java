/**
 * Small programs, each complete in one file. Not null-marked: they read as a user's code does, and
 * the null checker fails on {@code Map.of} with values of several types.
 */
package io.caisson.examples;
