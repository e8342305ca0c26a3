"""More processes and machines, by Ray: the only room that imports ray or torch.distributed."""
