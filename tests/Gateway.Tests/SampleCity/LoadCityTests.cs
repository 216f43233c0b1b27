using Quartier.Gateway.Commands;
using Quartier.Gateway.Load;

namespace Gateway.Tests.SampleCity;

public sealed class LoadCityTests
{
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 2)]
    public void Load_city_registers_every_sensor_with_one_datastream(bool withRules, int rules)
    {
        using var text = new StringWriter();
        LoadCity.Write(text, gateways: 3, sensors: 2, withRules);

        var registry = new RegistryYaml(text.ToString());

        Assert.Equal(LoadCity.Id, registry.City);
        Assert.Equal(["g0", "g1", "g2"], registry.Gateways.Select(gateway => RegistryYaml.Text(gateway, "id")));
        Assert.Equal(
            ["g0/s0", "g0/s1", "g1/s0", "g1/s1", "g2/s0", "g2/s1"],
            registry.Sensors.Select(sensor => $"{RegistryYaml.Text(sensor, "gateway")}/{RegistryYaml.Text(sensor, "id")}"));
        Assert.All(registry.Sensors, sensor => Assert.Equal("value", RegistryYaml.Text(Assert.Single(registry.Datastreams(sensor)), "property")));
        Assert.All(registry.Sensors, sensor => Assert.Equal(rules, registry.Rules(sensor).Count));
    }

    [Fact]
    public void Load_city_of_100000_sensors_fits_into_a_registry_file()
    {
        using var text = new StringWriter();
        LoadCity.Write(text, gateways: 1000, sensors: 100, withRules: true, withPlaces: true);

        Assert.True(text.ToString().Length < 16 * 1024 * 1024, $"{text.ToString().Length} bytes");
    }

    [Fact]
    public async Task Load_city_brings_the_policy_without_which_its_readings_are_refused()
    {
        var directory = Directory.CreateTempSubdirectory("quartier-load-city-");
        try
        {
            var (registry, policy) = (Path.Combine(directory.FullName, "bench.yaml"), Path.Combine(directory.FullName, "policy.yaml"));

            var code = await LoadCityCommand.Create().Parse(["--gateways", "1", "--sensors", "1", "--output", registry, "--policy", policy])
                .InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(0, code);
            Assert.Equal(LoadCity.Id, new RegistryYaml(await File.ReadAllTextAsync(registry, TestContext.Current.CancellationToken)).City);
            Assert.Equal(LoadPolicy.Yaml, await File.ReadAllTextAsync(policy, TestContext.Current.CancellationToken));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
