using System.CommandLine;
using Quartier.Benchmarks.Engine;
using Quartier.Benchmarks.Ingest;
using Quartier.Benchmarks.Parts;
using Quartier.Benchmarks.Policies;

// Every command prints a table for people and ends with one line of JSON; it exits with 0 only if what it verified held.
var root = new RootCommand("Quartier's benchmarks.")
{
    EngineBench.Command(), IngestCommands.Ingest(), IngestCommands.Crash(), IngestCommands.Twins(),
    PartCommands.Endpoint(), PartCommands.Store(), PolicyCommand.Command(),
};
return await root.Parse(args).InvokeAsync();
