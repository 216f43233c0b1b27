using System.CommandLine;
using Quartier.Cli;
using Quartier.Cli.Accounts;
using Quartier.Cli.Backups;
using Quartier.Cli.Bridges;
using Quartier.Cli.Cities;
using Quartier.Cli.Decoding;
using Quartier.Cli.Demo;
using Quartier.Cli.Gateways;
using Quartier.Cli.Ledgers;
using Quartier.Cli.Policies;
using Quartier.Cli.Reading;
using Quartier.Cli.Registers;
using Quartier.Cli.Retention;
using Quartier.Gateway.Commands;

var root = new RootCommand("Quartier: the urban data platform that a municipality runs itself.")
{
    DemoCommand.Create(),
    CityCommand.Create(),
    PolicyCommand.Create(),
    BooksCommand.Create(),
    WhyCommand.Create(),
    ExportCommand.Create(),
    HealthCommand.Create(),
    PersonCommand.Create(),
    KeyCommand.Create(),
    SignInCommand.Create(),
    GatewayCommand.Create(),
    PostureCommand.Create(),
    RegisterCommand.Create(),
    RecordsCommand.Create(),
    ContractsCommand.Create(),
    RetentionCommand.Create(),
    LedgerCommand.Create(),
    BackupCommand.Create(),
    DecodeCommand.Create(),
    BridgeCommand.Create(),
    ReplayCommand.Create(),
    LoadCommand.Create(),
    LoadCityCommand.Create(),
};
root.Options.Add(ServerKey.Option);
root.Options.Add(ServerKey.FileOption);
var arguments = root.Parse(args);
ServerKey.Use(arguments);
return await arguments.InvokeAsync();
