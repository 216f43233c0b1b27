using System.CommandLine;
using Quartier.Cli;
using Quartier.Cli.Backups;
using Quartier.Cli.Cities;
using Quartier.Cli.Demo;
using Quartier.Cli.Retention;
using Quartier.Gateway.Commands;

var root = new RootCommand("Quartier: the urban data platform that a municipality runs itself.")
{
    DemoCommand.Create(),
    CityCommand.Create(),
    BooksCommand.Create(),
    HealthCommand.Create(),
    RetentionCommand.Create(),
    BackupCommand.Create(),
    ReplayCommand.Create(),
    LoadCommand.Create(),
    LoadCityCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
