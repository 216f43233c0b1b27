using System.CommandLine;
using Quartier.Benchmarks.Engine;
using Quartier.Benchmarks.FullDisk;
using Quartier.Benchmarks.Ingest;
using Quartier.Benchmarks.Mqtt;
using Quartier.Benchmarks.Overload;
using Quartier.Benchmarks.Parts;
using Quartier.Benchmarks.Policies;
using Quartier.Benchmarks.Reads;
using Quartier.Benchmarks.SensorThings;

// Every command prints a table for people and ends with one line of JSON; it exits with 0 only if what it verified held.
var root = new RootCommand("Quartier's benchmarks.")
{
    EngineBench.Command(), IngestCommands.Ingest(), IngestCommands.Crash(), IngestCommands.Twins(),
    ReadsCommands.Reads(), OverloadCommands.Overload(), FullDiskCommands.FullDisk(), PartCommands.Endpoint(), PartCommands.Store(),
    PolicyCommand.Command(), StaCommand.Command(), MqttBench.Command(),
};
return await root.Parse(args).InvokeAsync();
