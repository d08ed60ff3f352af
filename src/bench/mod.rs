//! What was gained: cold start, warm latency, memory, size and cost, before and after.
