// Package output holds the files of a site, or what makes them, and publishes
// them to a folder, the whole of them or nothing.
//
// # The tree
//
// A [Tree] maps the address of a file, such as "phones/texting.html", to its
// bytes or to a function that makes them. A preview makes only the pages that
// somebody looks at, and keeps them; a publishing makes all of them, one after
// the other on each core, and keeps none, so that a site of a gigabyte needs no
// gigabyte of memory. Reading is safe from many goroutines at once.
//
// A tree that can be built on one system can be copied to any other: [Tree.Add]
// refuses an address that some system cannot hold ([sitepath.Check]), and an address
// that equals another one when upper and lower case or the two ways of writing
// an accent are not told apart.
//
// # The manifest
//
// [Tree.AddManifest] adds manifest.json, which lists every other file with its
// size and SHA-256, in the order of the addresses:
//
//	{"generator":"handbook","files":[
//	{"path":"index.html","size":5120,"sha256":"9f86d0…"},
//	…
//	]}
//
// The manifest is also the marker by which [Publish] knows a folder that it
// made, and the list by which it knows the files in there that it made.
//
// # Publishing
//
// [Publish] works through these steps, and an error in any of them leaves the
// folder as it was, to the last byte:
//
//  1. Refuse a folder that must not be replaced: the root of a disk, the home
//     folder, a protected folder or one that holds it, a folder of sources or
//     one inside it, a symbolic link, a file, a git work tree, a folder with
//     files in it that carries no manifest of ours.
//  2. Take the lock, .NAME.handbook-lock beside the folder. Two publishings
//     take turns. The system drops the lock of a process that dies, so a lock
//     file without an owner is simply taken over. The file is removed with the
//     lock. Where the file system has no locks, publishing goes on without one
//     and says so.
//  3. Remove what a publishing that died left behind (.NAME.handbook-new-1 and
//     so on, made only under the lock, hence dead now). No other name is
//     touched.
//  4. Look through the folder. Files that are not in its manifest are not
//     ours: those that Options.Keep names are carried over, any other is a
//     refusal that lists them, because nobody else's file is removed silently.
//     (.DS_Store and Thumbs.db, which desktop systems make, do not count.)
//  5. Make all files, and write them into .NAME.handbook-new-1, beside the
//     folder and so on the same volume. One page that fails stops here, when
//     all have been tried.
//  6. If the folder has every file with the right bytes already, remove the new
//     ones and leave it as it is.
//  7. Exchange the two folders in one step: renameat2 with RENAME_EXCHANGE on
//     Linux, renamex_np with RENAME_SWAP on macOS. Before the step a reader
//     sees the old site, after it the new one, and never a missing file. The
//     first publishing, where there is no folder yet, is a plain rename.
//  8. Remove the old files, by the list made in step 4. What somebody put into
//     the folder since then is moved to NAME.saved-1, and Report.Notes tells
//     of it.
//
// A process killed at any point leaves the old site whole or the new one whole.
//
// # Where folders cannot be exchanged
//
// Windows, some network and container file systems, and a folder that is
// itself a mount point have no exchange. There
// files are replaced one by one: first manifest.json by one that lists
// the old and the new files, so that the folder stays recognisable throughout;
// then changed files, assets before pages and the home page last, each renamed
// into place, so that none is ever seen half-written; then files that are no
// more are removed, pages before assets; last comes the final manifest. A file
// that would stand in the way of a folder (or a name that changes only its
// case) is removed beforehand. A process killed in between leaves old and new
// files side by side, each whole; the next publishing finishes the work. On
// Windows a file that a browser or virus scanner holds open is tried again for
// two seconds.
//
// # Modes, and loss of power
//
// Files get mode 0644 and folders 0755 whatever the umask is, because they are
// there to be read; a file carried over keeps its mode. The folder itself
// keeps the mode of the folder that it replaces. File systems without modes
// are fine.
//
// Nothing is flushed to the disk: fsync of every file takes longer than all
// else together, and protects only against loss of power or a crash of the
// system in the seconds after publishing. Files may then be empty or missing;
// publishing again compares every byte and repairs it.
package output
