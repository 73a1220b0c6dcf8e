using System.Globalization;
using System.Text;
using Kml.Model;
using Kml.Runtime;

namespace Kml.Cli;

/// <summary>Counters as OpenMetrics text (openmetrics.io, version 1.0): a family a counter, the model as a label.</summary>
internal static class OpenMetrics
{
    /// <summary>Words the counters of a module.</summary>
    /// <param name="model">The model's name: a C identifier, which needs no escape.</param>
    /// <param name="counters">All counters.</param>
    /// <returns>The text, with its mark of the end.</returns>
    public static string Text(string model, CounterValues counters)
    {
        StringBuilder text = new();
        foreach (CounterGroup group in CounterCatalog.Groups)
        {
            foreach (CounterInfo counter in group.Counters)
            {
                string family = $"kml_{group.Word}_{counter.Word}";
                text.Append(CultureInfo.InvariantCulture, $"# TYPE {family} {(counter.IsGauge ? "gauge" : "counter")}\n");
                text.Append(CultureInfo.InvariantCulture, $"# HELP {family} {counter.Meaning}\n");
                text.Append(CultureInfo.InvariantCulture, $"{family}{(counter.IsGauge ? "" : "_total")}{{model=\"{model}\"}} {counters[counter]}\n");
            }
        }

        return text.Append("# EOF\n").ToString();
    }
}
