using System.CommandLine;
using Quartier.Cli.Cities;
using Quartier.Cli.Demo;
using Quartier.Client.Registry;
using Quartier.Gateway.Commands;

namespace Gateway.Tests.Cli;

public sealed class CommandTests
{
    [Theory]
    [InlineData("load --gateways 0", "--gateways is '0'; it must be a number from 1 to 60000.")]
    [InlineData("load --qos 2", "--qos is '2'; it must be a number from 0 to 1.")]
    [InlineData("load --garbage 1.5", "--garbage is '1.5'; it must be a number from 0 to 1.")]
    [InlineData("load --seconds abc", "--seconds is 'abc'; it must be a number from 0.01 to 10000000.")]
    [InlineData("load --mqtt :1883", "':1883' is no address like 127.0.0.1:1883.")]
    [InlineData("load --mqtt localhost:70000", "'localhost:70000' is no address like 127.0.0.1:1883.")]
    [InlineData("replay --speed fast", "--speed is 'fast'; it must be max or a number greater than 0, for example 600.")]
    [InlineData("replay --speed 0", "--speed is '0'; it must be max or a number greater than 0, for example 600.")]
    [InlineData("demo --port 65536", "--port is '65536'; it must be a number from 0 to 65535.")]
    [InlineData("city show --server muenster", "'muenster' is no address of a server like http://127.0.0.1:8080.")]
    public void Wrong_argument_is_refused_with_value_limit_and_remedy(string line, string error)
    {
        var result = Root().Parse(line);

        Assert.Equal(error, Assert.Single(result.Errors).Message);
    }

    [Theory]
    [InlineData("city apply")]
    [InlineData("city")]
    [InlineData("replay --fast")]
    [InlineData("books extra")]
    public void Incomplete_or_unknown_arguments_are_refused(string line) => Assert.NotEmpty(Root().Parse(line).Errors);

    [Theory]
    [InlineData("load --single --rate 1000 --record r.jsonl")]
    [InlineData("load-city --gateways 1000 --sensors 100 --rules")]
    [InlineData("replay --speed max --mqtt [::1]:1883")]
    [InlineData("demo --check --data d")]
    [InlineData("city apply muenster.yaml --dry-run --server http://localhost:5000")]
    public void Sound_arguments_are_taken(string line) => Assert.Empty(Root().Parse(line).Errors);

    [Theory]
    [InlineData("host", "host", 1883)]
    [InlineData("host:1", "host", 1)]
    [InlineData("[::1]:5", "::1", 5)]
    [InlineData("[::1]", "::1", 1883)]
    public void Address_is_read(string text, string host, int port)
    {
        Assert.True(ServerAddress.TryParse(text, 1883, out var address));
        Assert.Equal((host, port), (address.Host, address.Port));
    }

    [Theory]
    [InlineData("city: muenster\n", "muenster")]
    [InlineData("# comment\r\ncity:   'muenster'  # ours\r\nname: x\r\n", "muenster")]
    [InlineData("offices:\n  city: no\n", null)]
    [InlineData("", null)]
    public void City_is_found_in_the_registry_file(string yaml, string? city) => Assert.Equal(city, CityCommand.FindCity(yaml));

    [Fact]
    public void Registry_file_that_no_silo_takes_is_not_sent()
    {
        Assert.Null(CityCommand.Oversize("big.yaml", 16 << 20));
        Assert.Equal(
            "big.yaml has 16777217 bytes; a registry file has at most 16777216 (16 MiB). Put what sensors have in common into 'sensorModels', or divide the city.",
            CityCommand.Oversize("big.yaml", (16 << 20) + 1));
    }

    [Fact]
    public void Changes_are_written_one_a_line()
    {
        using var output = new StringWriter();
        RegistryChange[] changes = [new("add", "sensor a/b", "new"), new("change", "office o", "name"), new("remove", "gateway g", string.Empty)];

        CityCommand.WriteChanges(output, new RegistryAnswer(3, Applied: true, changes));

        Assert.Equal("+ sensor a/b: new|~ office o: name|- gateway g|", output.ToString().ReplaceLineEndings("|"));
    }

    private static RootCommand Root() =>
    [
        ReplayCommand.Create(), LoadCommand.Create(), LoadCityCommand.Create(), CityCommand.Create(), DemoCommand.Create(), Quartier.Cli.BooksCommand.Create(),
    ];
}
