using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartier.Broker;
using Quartier.Mqtt;
using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Sessions;
using Quartier.Silo.Ingest;
using Quartier.Storage.Records;

// The endpoint alone, with an ingest that permits everything, for test suites of others that choose their own topics. Started like mosquitto:
//   Broker [-v] [-p PORT] [--data DIR] [--like-mosquitto] [--max-keepalive SECONDS]
// With --data, sessions and retained messages are kept there. Never for a city: nobody is asked for anything.
var arguments = BrokerArguments.Parse(args);
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
if (arguments.IsVerbose)
{
    builder.Logging.AddSimpleConsole(console => console.SingleLine = true).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
}

builder.Services.AddSingleton<IMqttIngest, OpenIngest>();
if (arguments.Data is { } directory)
{
    builder.Services.AddSingleton(provider => RecordBook.Open(
        directory, StoredSessions.BookName, TimeProvider.System, failure => Console.Error.WriteLine(failure.Message)));
    builder.Services.AddSingleton<ISessionStore, StoredSessions>();
}

builder.Services.AddMqttEndpoint(arguments.Apply);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, arguments.Port, listen => listen.UseMqtt()));
await using var application = builder.Build();
await application.StartAsync(CancellationToken.None).ConfigureAwait(false);
var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"mqtt {new Uri(address).Port} pid {Environment.ProcessId}")).ConfigureAwait(false);
await application.WaitForShutdownAsync(CancellationToken.None).ConfigureAwait(false);
