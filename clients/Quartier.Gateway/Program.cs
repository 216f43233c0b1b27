using System.CommandLine;
using Quartier.Gateway.Commands;

var root = new RootCommand("Simulates gateways: replays a city's files, or offers load.")
{
    ReplayCommand.Create(),
    LoadCommand.Create(),
    LoadCityCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
