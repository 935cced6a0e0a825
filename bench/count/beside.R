# What LCMCR and dga say of a table of cells, for bench/count.py: Rscript beside.R TABLE.csv SEED SAMPLES
# Prints `latent_class,SECONDS,draw,draw,…` and, for each delta, `graphs,SECONDS,DELTA,median,low,high`.
suppressPackageStartupMessages({library(LCMCR); library(dga)})
asked <- commandArgs(trailingOnly = TRUE)
cells <- read.csv(asked[1])
lists <- setdiff(names(cells), "count")
samples <- as.integer(asked[3])

seen <- data.frame(lapply(cells[lists], factor, levels = 0:1), Freq = cells$count)
seen <- seen[seen$Freq > 0, ]
took <- system.time({
  capture.output({
    chain <- lcmCR(seen, tabular = TRUE, K = 10, a_alpha = 0.25, b_alpha = 0.25, seed = as.integer(asked[2]),
                   verbose = FALSE)
    draws <- lcmCR_PostSampl(chain, burnin = 10000, samples = samples, thinning = 100, output = FALSE)
  })
})
cat("latent_class", sum(took[1:2]), draws, sep = ","); cat("\n")

counts <- array(0, dim = rep(2, length(lists)))
counts[as.matrix(cells[lists]) + 1] <- cells$count
graphs <- get(data(list = paste0("graphs", length(lists))))
unseen <- 1:120000
for (delta in c(2^-length(lists), 1/2, 1)) {
  took <- system.time({
    chances <- colSums(bma.cr(counts, unseen, delta, graphs))
    below <- cumsum(chances) / sum(chances)
    ends <- sum(counts) + sapply(c(0.5, 0.025, 0.975), function(share) unseen[which(below >= share)[1]])
  })
  cat("graphs", sum(took[1:2]), delta, ends, sep = ","); cat("\n")
}
