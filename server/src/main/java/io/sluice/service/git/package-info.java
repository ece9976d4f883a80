/**
 * Git hosts as read-only trees: any repository by its address ({@code git}, through JGit), and the APIs of GitHub, GitLab, Bitbucket (cloud
 * and server) and Gitea; scripts are linked to their files.
 *
 * <p>{@code SourceControlService} speaks the API for every kind. For each kind a {@code RepoHost} reads files, a {@code RepoHistory} tells
 * of commits, and {@code HostWrites} put statuses and webhooks there; names, answers and calls are classes of their own. Objects are read
 * directly: no work tree, no hooks, no submodules, no Git configuration of this machine. What could not be read is a {@code NotRead}.
 * Door: {@link io.sluice.service.git.GitServiceTypes}. May call {@code service}, {@code api} and {@code outbound}.
 */
@NullMarked
package io.sluice.service.git;

import org.jspecify.annotations.NullMarked;
