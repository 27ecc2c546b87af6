# SPDX-License-Identifier: MIT
# The generated headers in the Linux and Xen trees. Not a part of make check and make
# deps, which is why this file has another name than its neighbours'.

##deps-trees     fetch Debian's Linux and Xen sources below build/trees (1 GB), for check-trees
.PHONY: deps-trees check-trees
deps-trees:
	@scripts/deps.sh dpkg-dev libelf-dev libssl-dev bc python3 cpio rsync
	@sh tests/trees/fetch-linux.sh build/trees
	@sh tests/trees/fetch-xen.sh build/trees

##check-trees    the generated headers in these trees: are all objects as before?
check-trees: | $(filter deps-trees,$(MAKECMDGOALS))
	@sh tests/trees/run.sh build/trees
