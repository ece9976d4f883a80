/**
 * Git hosts as read-only trees: any repository by its address ({@code git}, through JGit) and GitHub's API ({@code github}); scripts are
 * linked to their files.
 *
 * <p>{@code SourceControlService} speaks the API for every kind; a {@code RepoHost} reads one kind of host. Objects are read directly:
 * no work tree, no hooks, no submodules, no Git configuration of this machine. What could not be read is a {@code NotRead}. Door:
 * {@link io.sluice.service.git.GitServiceTypes}. May call {@code service} and {@code api}.
 */
@NullMarked
package io.sluice.service.git;

import org.jspecify.annotations.NullMarked;
