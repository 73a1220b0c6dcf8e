using System;
using System.Collections.Generic;

namespace Kml.Model.Lowering;

/// <summary>What is wrong with weights, in words.</summary>
internal static class WeightChecks
{
    public static void Length(string name, int actual, int expected)
    {
        if (actual != expected)
            throw new ArgumentException($"{name} has {actual} elements, this network needs {expected}.");
    }

    public static void Safe(string name, IReadOnlyList<Affine> maps)
    {
        for (int i = 0; i < maps.Count; i++)
        {
            if (!maps[i].IsSafe)
                throw new ArgumentException($"{name}[{i}] is out of range: {maps[i]}.");
        }
    }
}
