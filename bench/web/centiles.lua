-- Prints the median and the 95th percentile, in milliseconds.
done = function(summary, latency, requests)
  io.write(string.format("centiles %.3f %.3f\n", latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
