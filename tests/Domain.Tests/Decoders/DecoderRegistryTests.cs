using Quartier.Contracts.Registry;
using Quartier.Domain.Registry;

namespace Domain.Tests.Decoders;

/// <summary>What the registry says of decoders, and what it refuses.</summary>
public sealed class DecoderRegistryTests
{
    [Theory]
    [InlineData("{format: chirpstak}", "'format' must be one of native, senml-json", "chirpstak")]
    [InlineData("{fromat: json}", "a decoder has no key 'fromat' (did you mean 'format'?)", "fromat")]
    [InlineData("{topics: [a]}", "a decoder needs 'format'", "{topics")]
    [InlineData("{format: json, topics: ['a/b']}", "whose are the messages in 'a/b'?", "'a/b'")]
    [InlineData("{format: json, topics: ['a/{sensor}b']}", "the level '{sensor}b'", "'a/{sensor}b'")]
    [InlineData("{format: json, topics: ['{sensor}/#']}", "'#' stands last, and only in topics that are ignored", "'{sensor}/#'")]
    [InlineData("{format: json, topics: ['{sensor}', '{sensor}']}", "the topic '{sensor}' stands twice", "'{sensor}']")]
    [InlineData("{format: json, topics: ['{sensor}/{property}']}", "only with the formats number and sensorthings", "'{sensor}/{property}'")]
    [InlineData("{format: json, topics: [{topic: a, sensor: onee}]}", "there is no sensor 'onee' (did you mean 'one'?)", "onee")]
    [InlineData("{format: number, topics: [{topic: a, sensor: one, property: temprature}]}", "no sensor concerned has a property 'temprature' (did you mean 'temperature'?)", "one, property")]
    [InlineData("{format: chirpstack, devices: {a81758fffe05368e: two}}", "there is no sensor 'two'", "two}")]
    [InlineData("{format: json, fields: [{path: 'a..b', property: temperature}]}", "'a..b' is no path", "'a..b'")]
    [InlineData("{format: json, fields: [{path: a, property: temprature}]}", "no sensor concerned has a property 'temprature'", "temprature")]
    [InlineData("{format: json, fields: [{path: a, property: temperature}, {path: a.b, property: humidity}]}", "one holds the other", "{path: a.b")]
    [InlineData("{format: json, fields: [{path: a, property: temperature, scale: 0}]}", "'scale' is not 0", "{path: a")]
    [InlineData("{format: json, fields: [{path: user.mac, property: temperature}]}", "says that its values identify a MAC address", "user.mac")]
    [InlineData("{format: json, time: 'a.', fields: []}", "'a.' is no path", "'a.'")]
    [InlineData("{format: chirpstack, time: time}", "'time' has no meaning with this format", "time}")]
    [InlineData("{format: native, fields: [{path: a, property: temperature}]}", "'fields' has no meaning with this format", "[{path: a")]
    public void Registry_names_what_is_wrong_with_a_decoder_and_where(string decoder, string message, string at)
    {
        var known = "{format: native}";
        var yaml = DecoderTown.Yaml.Replace(known, decoder, StringComparison.Ordinal);
        var place = yaml.IndexOf(decoder, StringComparison.Ordinal) + decoder.LastIndexOf(at, StringComparison.Ordinal);
        var line = yaml.AsSpan(0, place).Count('\n') + 1;
        var column = place - yaml.LastIndexOf('\n', place);
        var problem = Assert.Single(RegistryFile.Read(yaml).Problems, p => p.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal((line, column), (problem.Line, problem.Column));
    }

    [Fact]
    public void No_gateway_is_called_as_the_citys_own_topics()
    {
        var yaml = DecoderTown.Yaml.Replace("id: native,", "id: live,", StringComparison.Ordinal);
        Assert.Contains(RegistryFile.Read(yaml).Problems, p => p.Message.StartsWith("no gateway may be called 'live'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_changed_decoder_is_a_change_and_the_same_one_is_none()
    {
        var before = RegistryFile.Read(DecoderTown.Yaml).City!;
        Assert.Empty(RegistryDiff.Between(before, RegistryFile.Read(DecoderTown.Yaml).City!));
        var after = RegistryFile.Read(DecoderTown.Yaml.Replace("scale: 0.1, offset: -1", "scale: 0.2, offset: -1", StringComparison.Ordinal)).City!;
        var change = Assert.Single(RegistryDiff.Between(before, after));
        Assert.Equal((RegistryAction.Change, "gateway tts"), (change.Action, change.What));
        Assert.Contains("hum.rel=humidity × 0.1 + -1", change.Detail, StringComparison.Ordinal);
    }
}
