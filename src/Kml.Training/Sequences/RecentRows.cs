using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Kml.Training.Sequences;

/// <summary>Independent sequences: each row with those of its entity before it.</summary>
public static class RecentRows
{
    /// <summary>
    /// Gives each row the features of the rows of its group before it: columns <c>[step][feature]</c>, the oldest step first and the row itself last, which is
    /// how a network with that many steps takes its inputs. Labels, weights, times, groups and the order of rows stay.
    /// </summary>
    /// <remarks>
    /// Where a group has not yet had enough rows, its first one stands for those before it: a value that the feature does have, whatever its scale.
    /// Rows after the present one are not looked at, so that nothing of the future is learned from; split the result, not the rows that it is made of,
    /// or each part begins without a past.
    /// </remarks>
    /// <param name="samples">The rows.</param>
    /// <param name="steps">How many rows a sequence has, the present one counted.</param>
    /// <returns>As many rows, with <paramref name="steps"/> times the features.</returns>
    /// <exception cref="TrainingException">There are no steps, or more numbers than an array can hold.</exception>
    public static Samples Of(Samples samples, int steps)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (steps < 1)
            throw new TrainingException(FormattableString.Invariant($"A sequence of {steps} rows has none: ask for at least 1."));
        int width = samples.Width, count = samples.Count;
        if ((Int128)steps * width * count > Array.MaxLength)
        {
            throw new TrainingException(
                FormattableString.Invariant($"{count} rows of {steps} steps and {width} features are more numbers than an array can hold: ")
                + "use fewer steps, or windows of lanes.");
        }

        float[] features = new float[ArraySize.Of("The features of all windows", steps, width, count)];
        int[] from = new int[count];
        Entities entities = new(samples);
        for (int step = 0; step < steps; step++)
        {
            Fill(entities, from, steps - 1 - step);
            for (int f = 0; f < width; f++)
            {
                ReadOnlySpan<float> column = samples.Column(f);
                Span<float> to = features.AsSpan(((step * width) + f) * count, count);
                for (int row = 0; row < count; row++)
                    to[row] = column[from[row]];
            }
        }

        return new Samples(
            Names(samples.Names, steps),
            features,
            [.. samples.Labels],
            samples.Classes,
            [.. samples.Weights],
            [.. samples.Times],
            [.. samples.Groups]);
    }

    /// <summary>from[row] = the row that many places before it.</summary>
    private static void Fill(Entities entities, int[] from, int before)
    {
        for (int entity = 0; entity < entities.Count; entity++)
        {
            ReadOnlySpan<int> rows = entities.Rows(entity);
            for (int i = 0; i < rows.Length; i++)
                from[rows[i]] = rows[Math.Max(0, i - before)];
        }
    }

    private static IReadOnlyList<string> Names(IReadOnlyList<string> names, int steps) =>
    [
        .. Enumerable.Range(0, steps).SelectMany(step => names.Select(name =>
            step == steps - 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}[-{steps - 1 - step}]"))),
    ];
}
